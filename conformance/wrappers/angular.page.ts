// Angular compiles in the browser here, as it does for libraries that are published half compiled.
import '@angular/compiler';
import 'zone.js';
import { Component, importProvidersFrom, inject, signal } from '@angular/core';
import { bootstrapApplication } from '@angular/platform-browser';
import {
  FingerprintjsProAngularModule,
  FingerprintjsProAngularService,
} from '@fingerprintjs/fingerprintjs-pro-angular';
import { loadOptions, visitOptions } from './page-settings.ts';

class Visit {
  readonly result = signal('');
  readonly error = signal('');
  readonly #service = inject(FingerprintjsProAngularService);

  constructor() {
    void this.get(false);
  }

  async get(ignoreCache: boolean): Promise<void> {
    try {
      this.result.set(JSON.stringify(await this.#service.getVisitorData<true>(visitOptions, ignoreCache)));
    } catch (error) {
      this.error.set(String(error));
    }
  }

  clear(): void {
    void this.#service.clearCache();
  }
}

// A decorator is a function: called as one, it needs no help of the bundler.
const VisitComponent = Component({
  selector: 'visit-root',
  standalone: true,
  template: `
    <button id="get" (click)="get(false)">Get</button>
    <button id="fresh" (click)="get(true)">Get afresh</button>
    <button id="clear" (click)="clear()">Clear</button>
    <output id="result">{{ result() }}</output>
    <output id="error">{{ error() }}</output>`,
})(Visit) as typeof Visit;

document.body.appendChild(document.createElement('visit-root'));
void bootstrapApplication(VisitComponent, {
  providers: [importProvidersFrom(FingerprintjsProAngularModule.forRoot({ loadOptions }))],
});
