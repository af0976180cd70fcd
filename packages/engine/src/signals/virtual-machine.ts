import type { Evidence } from '@whorl/contract';
import { evidence, share } from '../evidence.ts';
import { type Facts, sourceValue } from '../facts.ts';
import { hypervisorOf, isSoftwareRenderer, readGraphics } from '../network/graphics.ts';
import { protectedAttributes } from '../network/protections.ts';
import { clear, detected, type SignalJudge, unknown } from './signal-judge.ts';

/** Sizes that hypervisors give a console nobody has resized, CSS pixels at ratio 1. */
const CONSOLES = new Set(['800x600', '1024x768', '1280x800']);

/** Fewer logical processors than any desktop sold since about 2012, and what a small guest gets. */
const FEW_CORES = 2;

/** What else speaks for a guest, when the processor draws. None of it says anything of a machine with real graphics. */
const guestFacts = (facts: Facts): Evidence[] => {
  const replaced = protectedAttributes(facts);
  const found: Evidence[] = [];
  const display = sourceValue(facts, 'display');
  if (display !== undefined && display.pixelRatio === 1 && !replaced.has('screen')) {
    const size = `${display.width}x${display.height}`;
    if (CONSOLES.has(size)) found.push(evidence('screen has the size of a virtual console', size, 0.25, 'page'));
  }
  // Only Chromium counts outputs without a permission; Firefox lists none on any machine.
  const media = sourceValue(facts, 'mediaDevices');
  const counts = sourceValue(facts, 'clientHints') !== undefined;
  if (counts && media !== undefined && media.audioinput + media.audiooutput + media.videoinput === 0) {
    found.push(evidence('machine has neither sound nor camera', 0, 0.25, 'page'));
  }
  const cores = sourceValue(facts, 'hardwareConcurrency');
  if (cores !== undefined && cores <= FEW_CORES && !replaced.has('cores')) {
    found.push(evidence('logical processors', cores, 0.2, 'page'));
  }
  return found;
};

/** Half a proof: drivers fail on real machines as well. */
const SOFTWARE = 0.5;

/** Software rendering and one independent fact; few cores alone do not do, since old machines have both. */
const ENOUGH = 0.75;

/**
 * Whether the browser runs in a virtual machine: graphics that only a hypervisor makes, or drawing on the processor with
 * another fact that agrees. Drawing on the processor alone is clear, and the evidence is shown. A guest with a passed
 * through graphics card looks like a machine. Unknown where the graphics are masked, noised or missing.
 */
export const judgeVirtualMachine: SignalJudge<'virtualMachine'> = (facts) => {
  const graphics = readGraphics(facts);
  if (graphics === undefined) {
    return unknown({}, [evidence('graphics hardware is masked or WebGL is missing', null, 0, 'page')]);
  }
  const { name, from } = graphics;
  const hypervisor = hypervisorOf(name);
  if (hypervisor !== undefined) {
    return detected({}, 0.95, [evidence(`graphics are made by ${hypervisor}`, name, 0.95, from)]);
  }
  if (!isSoftwareRenderer(name)) {
    return clear({}, 0.8, [evidence('graphics hardware is real', name, -0.8, from)]);
  }
  const found = [evidence('processor draws, no graphics hardware', name, SOFTWARE, from), ...guestFacts(facts)];
  const sum = found.reduce((total, { weight }) => total + weight, 0);
  return sum >= ENOUGH ? detected({}, share(Math.min(sum, 0.95)), found) : clear({}, share(1 - sum), found);
};
