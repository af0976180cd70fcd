/** The agent's own version, as sent in every observation. A test holds it to package.json. */
export const AGENT_VERSION = '0.1.0';
