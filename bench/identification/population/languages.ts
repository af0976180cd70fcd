import { countries } from './countries.ts';
import { nth, type Pool, poolOf, Weighted } from './weighted.ts';

/** Languages that people speak besides their country's, commonest first (American Community Survey and the like). */
const SPOKEN = [
  ...['es', 'zh-CN', 'fr', 'de', 'ru', 'pt-BR', 'ko', 'ja', 'vi', 'ar', 'it', 'hi', 'pl', 'zh-TW', 'tl', 'uk', 'tr'],
  ...['nl', 'fa', 'he', 'sv', 'th', 'id', 'ro', 'el', 'hu', 'cs', 'ta', 'te', 'ur', 'bn', 'da', 'nb', 'fi', 'sr'],
  ...['bg', 'hr', 'ht', 'am', 'sw', 'gu', 'pa', 'ml', 'ms', 'lt', 'sk', 'sl', 'ka', 'hy', 'kn', 'mr', 'ne', 'so'],
];

/** Shares of those who add one language, and two. */
const ONE_MORE = 0.055;
const TWO_MORE = 0.03;

const unique = (list: readonly string[]): string => [...new Set(list)].join(',');

/** The forms in which somebody adds a language to the ordinary list: after it, before it, and alone before its English. */
const withOne = (ordinary: readonly string[], extra: string): [string, number][] => {
  const root = extra.slice(0, 2);
  return [
    [unique([...ordinary, extra]), 5],
    [unique([extra, root, ...ordinary]), 3],
    [unique([extra, root]), 1.5],
    [unique([nth(ordinary, 0), extra, ...ordinary]), 1.5],
    [unique([extra, ...ordinary, root]), 0.7],
  ];
};

const tailOf = (ordinary: readonly string[]): [string, number][] => {
  const ones = SPOKEN.flatMap((extra, rank) =>
    withOne(ordinary, extra).map(([list, share]): [string, number] => [list, share / (rank + 1)]),
  );
  const twos = SPOKEN.flatMap((first, rank) =>
    SPOKEN.slice(0, 20).map((second, place): [string, number] => [
      unique([...ordinary, first, second]),
      1 / ((rank + 1.5) * (place + 1.5)),
    ]),
  );
  const scaled = (list: [string, number][], share: number): [string, number][] => {
    const total = list.reduce((sum, [, weight]) => sum + weight, 0);
    return list.map(([value, weight]) => [value, (weight * share) / total]);
  };
  return [...scaled(ones, ONE_MORE), ...scaled(twos, TWO_MORE)];
};

const byCountry: readonly Pool<string>[] = countries.map(({ languages }) => {
  const total = languages.reduce((sum, [, share]) => sum + share, 0);
  const [first] = nth(languages, 0);
  const common = languages.map(([list, share]): [string, number] => [
    list,
    (share / total) * (1 - ONE_MORE - TWO_MORE),
  ]);
  return poolOf([...common, ...tailOf(first.split(','))]);
});

/** Every list of languages that a browser can have: a trait's value is the place in it. */
export const languageLists: readonly string[][] = [...new Set(byCountry.flatMap(({ values }) => values))].map((list) =>
  list.split(','),
);

const places = new Map(languageLists.map((list, place) => [list.join(','), place]));

/** For each country its lists as a distribution over {@link languageLists}. */
export const languagesOf: readonly Weighted[] = byCountry.map(({ values, spread }) => {
  const weights = new Array<number>(languageLists.length).fill(0);
  values.forEach((list, index) => {
    weights[places.get(list) ?? 0] = spread.probability(index);
  });
  return new Weighted(weights);
});

const firsts = new Map<string, number>();

/** For each list the place of the first that begins alike: all that Safari tells of it. */
export const firstLanguages = Int32Array.from(languageLists, ([first = ''], place) => {
  const known = firsts.get(first) ?? place;
  firsts.set(first, known);
  return known;
});

/** For each country the first languages as a distribution over {@link firstLanguages}. */
export const firstLanguagesOf: readonly Weighted[] = languagesOf.map((spread) => {
  const weights = new Array<number>(languageLists.length).fill(0);
  firstLanguages.forEach((first, place) => {
    weights[first] = nth(weights, first) + spread.probability(place);
  });
  return new Weighted(weights);
});
