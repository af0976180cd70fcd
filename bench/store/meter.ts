/** Adds up wall-clock and processor time, in microseconds. */
export class Meter {
  #wall = 0;
  #processor = 0;

  async of<T>(work: () => T | Promise<T>): Promise<T> {
    const [wall, processor] = [performance.now(), process.cpuUsage()];
    const result = await work();
    this.#wall += (performance.now() - wall) * 1000;
    const { user, system } = process.cpuUsage(processor);
    this.#processor += user + system;
    return result;
  }

  /** Whole microseconds for each of `count`. `processor`: of this process alone. */
  each(count: number): { processor: number; wall: number } {
    return { processor: Math.round(this.#processor / count), wall: Math.round(this.#wall / count) };
  }
}
