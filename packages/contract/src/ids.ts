/**
 * The shapes of the ids that callers see.
 *
 * The wire format of the Fingerprint Server API fixes them: integrators validate and index these strings.
 */

/** A visitor: 20 characters of `[a-zA-Z0-9]`. */
export const VISITOR_ID_PATTERN = '^[a-zA-Z0-9]{20}$';

/** An event: unix milliseconds (13 digits), a dot, 6 characters of `[a-zA-Z0-9]`. The first part is the event's time. */
export const REQUEST_ID_PATTERN = '^[0-9]{13}\\.[a-zA-Z0-9]{6}$';

/** An environment: `ae_` and 16 hexadecimal digits. */
export const ENVIRONMENT_ID_PATTERN = '^ae_[0-9a-f]{16}$';

/** A workspace: `ws_` and 16 hexadecimal digits. */
export const WORKSPACE_ID_PATTERN = '^ws_[0-9a-f]{16}$';
