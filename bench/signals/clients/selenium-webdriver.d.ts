// The package brings no types; these are of the few parts that are used here.
declare module 'selenium-webdriver' {
  export type WebDriver = { get(url: string): Promise<void>; getTitle(): Promise<string>; quit(): Promise<void> };
  export class Builder {
    forBrowser(name: 'chrome' | 'firefox'): this;
    setChromeOptions(options: object): this;
    setChromeService(service: object): this;
    build(): Promise<WebDriver>;
  }
}
declare module 'selenium-webdriver/chrome.js' {
  export class Options {
    setChromeBinaryPath(path: string): this;
    addArguments(...args: string[]): this;
  }
  export class ServiceBuilder {
    constructor(path: string);
    setEnvironment(env: Record<string, string | undefined>): this;
  }
}
