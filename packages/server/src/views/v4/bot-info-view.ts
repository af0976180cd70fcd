import type { BotInfo, V4BotInfo } from '@whorl/contract';

/** Which bot it is, in v4's names. */
export const botInfoView = ({ providerUrl, ...info }: BotInfo): V4BotInfo => ({
  ...info,
  ...(providerUrl === undefined ? {} : { provider_url: providerUrl }),
});
