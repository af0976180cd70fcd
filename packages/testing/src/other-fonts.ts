import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Parts of the names of fonts that are on most Linux machines, and families of other systems that theirs are called by. */
const CALLED = { Serif: 'Century', Mono: 'Menlo', Condensed: 'Agency FB' };

const rules = Object.entries(CALLED).map(
  ([part, family]) => `
  <match target="scan">
    <test name="family" compare="contains"><string>${part}</string></test>
    <edit name="family" mode="prepend"><string>${family}</string></edit>
  </match>`,
);

/**
 * https://www.freedesktop.org/software/fontconfig/fontconfig-user.html: a rule of the target `scan` changes what a font is
 * called before anyone asks for it. The cache is one of its own, because the machine's has the names as they were.
 */
const CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir>/usr/share/fonts</dir>
  <dir>/usr/local/share/fonts</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>${rules.join('')}
  <match target="font"><edit name="hintstyle" mode="assign"><const>hintfull</const></edit></match>
</fontconfig>
`;

/**
 * Makes a program see this machine's fonts as another Linux machine would have them: other families, none of this system's
 * preferences among them, and drawn with other hinting. Writes a configuration into `folder`; returns the environment that
 * makes a program read it.
 */
export const otherFonts = async (folder: string): Promise<Record<string, string>> => {
  const file = join(folder, 'fonts.conf');
  await writeFile(file, CONFIGURATION);
  return { FONTCONFIG_FILE: file };
};
