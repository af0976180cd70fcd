import { type AdminErrorName, adminErrors } from '@whorl/contract';
import { AdminError } from './errors.ts';

/** The class of an error that says the same each time. */
const errorOf = (name: AdminErrorName) =>
  class extends AdminError {
    constructor() {
      super(adminErrors[name]);
    }
  };

export class WebhookNotFoundError extends errorOf('webhookNotFound') {}
export class SecretNotFoundError extends errorOf('secretNotFound') {}
export class DeliveryNotFoundError extends errorOf('deliveryNotFound') {}
export class TooManyWebhooksError extends errorOf('tooManyWebhooks') {}
export class TooManySecretsError extends errorOf('tooManySecrets') {}
export class SecretKnownError extends errorOf('secretKnown') {}
export class LastSecretError extends errorOf('lastSecret') {}
