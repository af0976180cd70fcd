/**
 * One step of the schema, as statements with semicolons between. A step that has been released is never edited: databases
 * out there have taken it. Servers of the previous version that are running must be able to go on, so that they can be
 * replaced one by one: first add, drop in a later one. They cannot be started again once it is taken.
 */
export type Migration = { name: string; sql: string };
