#!/usr/bin/env node
import { whorlCommand } from './commands/whorl-command.ts';

await whorlCommand(process.argv, process.env);
