import type { MobileSection } from '@whorl/contract';
import { type Finding, hits, ran, reported, sectionVerdict } from './mobile-signal.ts';
import type { SignalJudge } from './signal-judge.ts';

type Hook = MobileSection<'hook'>;

/** Frida's agent and gadget as libraries. https://frida.re/docs/gadget/ */
const libraries = /(?:frida[-_]?(?:agent|gadget|server|helper)|FridaGadget|re\.frida\.|libfrida(?![a-z])|gum-js)/i;

/** Threads of Frida's script engine and of its pool. */
const threads = /^(?:gum-js-loop|pool-frida|frida(?:-.*)?|re\.frida.*)$/;

/** Threads of GLib, which Frida brings along, and apps with GStreamer too. */
const commonThreads: ReadonlySet<string> = new Set(['gmain', 'gdbus']);

/** Where `frida-server` listens unless told otherwise. https://frida.re/docs/frida-trace/ */
const ports: ReadonlySet<number> = new Set([27_042, 27_043]);

const look = ({ maps, dylibs, threads: running, ports: open }: Hook): Finding | undefined => {
  if (!ran(maps, dylibs, running, open)) return undefined;
  const glib = running?.filter((name) => commonThreads.has(name)) ?? [];
  const listening = open?.filter((port) => ports.has(port)) ?? [];
  return {
    found: [
      ...hits(
        'Frida is mapped into the process',
        maps?.filter((file) => libraries.test(file)),
        0.85,
      ),
      ...hits(
        'Frida is among the libraries',
        dylibs?.filter((library) => libraries.test(library)),
        0.85,
      ),
      ...hits(
        'threads of Frida',
        running?.filter((name) => threads.test(name)),
        0.8,
      ),
      ...(glib.length > 0 ? [reported('threads of GLib', glib.slice(0, 4), 0.2)] : []),
      ...(listening.length > 0 ? [reported('Frida’s usual ports answer', listening.slice(0, 4), 0.3)] : []),
      ...(listening.length === 0 && open !== undefined ? [reported('Frida’s usual ports answer', [], -0.1)] : []),
    ],
  };
};

/**
 * Whether Frida instruments the app: it is mapped into the process, is among its libraries, or runs threads there. An
 * open port, or threads that other apps have too, are not enough, not even together. Android and iOS.
 */
export const judgeFrida: SignalJudge<'frida'> = sectionVerdict(['android', 'ios'], 'hook', look);
