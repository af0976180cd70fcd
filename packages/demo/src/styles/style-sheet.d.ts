/** A style sheet that a script imports becomes one file beside the bundle. */
declare module '*.css';
