/** So many faults of one request are told; whoever sends a thousand wrong fields learns from the first ones. */
export const MOST_FAULTS = 20;
