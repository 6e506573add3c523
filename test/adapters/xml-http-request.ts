/** As much of XMLHttpRequest as rxjs 5 uses, over fetch, so that directlinejs runs in Node as it does in a browser. */
export class XmlHttpRequest {
  readyState = 0;
  status = 0;
  response: unknown = null;
  responseType = '';
  timeout = 0;
  onreadystatechange: ((event: object) => void) | null = null;
  ontimeout: ((event: object) => void) | null = null;
  private method = 'GET';
  private url = '';
  private readonly sent = new Headers();
  private received = new Headers();
  private readonly stop = new AbortController();

  open(method: string, url: string): void {
    this.method = method;
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.sent.set(name, value);
  }

  getResponseHeader(name: string): string | null {
    return this.received.get(name);
  }

  send(body?: string): void {
    void this.run(body ?? null);
  }

  abort(): void {
    this.stop.abort();
  }

  private async run(body: string | null): Promise<void> {
    const signals = [this.stop.signal, ...(this.timeout > 0 ? [AbortSignal.timeout(this.timeout)] : [])];
    try {
      const response = await fetch(this.url, {
        method: this.method,
        headers: this.sent,
        body,
        signal: AbortSignal.any(signals),
      });
      const text = await response.text();
      this.received = response.headers;
      this.response = text === '' ? null : JSON.parse(text);
      this.status = response.status;
    } catch (error) {
      if (this.stop.signal.aborted) return;
      if (error instanceof Error && error.name === 'TimeoutError') {
        this.ontimeout?.({});
        return;
      }
      this.status = 0;
    }
    this.readyState = 4;
    this.onreadystatechange?.({});
  }
}
