/** Rows under headings as aligned text; an empty table says so. */
export const table = (headings: string[], rows: string[][], empty: string): string => {
  if (rows.length === 0) return `${empty}\n`;
  const widths = headings.map((heading, at) => Math.max(heading.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[headings, ...rows].map(line).join('\n')}\n`;
};
