/**
 * One step of the schema, as statements with semicolons between. A step that has been released is never edited: databases
 * out there have taken it. It must let the previous minor version keep running, so that servers can be replaced one by
 * one: first add, drop in a later one.
 */
export type Migration = { name: string; sql: string };
