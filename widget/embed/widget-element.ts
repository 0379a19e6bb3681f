import { answerToken, type GetToken } from './answer-token.ts';
import { parseFrameMessage, toHostMessage } from './frame-message.ts';
import { readContext } from './read-context.ts';

const frameAttributes = ['server', 'workspace'];
const contextAttributes = ['record-type', 'record-id', 'view', 'theme', 'locale'];
/** How long the frame may keep silent before the page is told, in milliseconds. */
const silenceMs = 8000;
const frameStyle = 'display:block;width:100%;max-width:none;height:320px;margin:0;border:0';

/**
 * `<ledgerside-widget>`: an iframe of the product and the messages to it. Only `src` and `style` are touched, which
 * strict Trusted Types pages allow. A class, because a custom element can be nothing else.
 */
export class LedgersideWidget extends HTMLElement {
  static observedAttributes = [...frameAttributes, ...contextAttributes];
  declare getToken?: GetToken;
  #origin = '';
  #frame = document.createElement('iframe');
  #silence?: ReturnType<typeof setTimeout>;
  #port?: MessagePort;
  #context?: ReturnType<typeof readContext>;
  #isQueued = false;
  #note = new Text();
  #prefersDark = matchMedia('(prefers-color-scheme: dark)');
  #ended?: AbortController;

  connectedCallback() {
    this.disconnectedCallback();
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const update = () => this.#queueContext();
    const page = new MutationObserver(update);
    page.observe(document.documentElement, { attributeFilter: ['class', 'style', 'data-theme'] });
    signal.addEventListener('abort', () => page.disconnect());
    this.#prefersDark.addEventListener('change', update, { signal });
    document.addEventListener('securitypolicyviolation', (event) => this.#onViolation(event), { signal });
    this.#showFrame();
  }

  disconnectedCallback() {
    this.#ended?.abort();
    this.#port?.close();
    clearTimeout(this.#silence);
    this.#ended = this.#port = undefined;
  }

  /** `moveBefore()` keeps the frame; without this method the browser would disconnect and connect instead. */
  connectedMoveCallback() {
    this.#queueContext();
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null) {
    if (before === after || !this.#ended) return;
    if (frameAttributes.includes(name)) this.connectedCallback();
    else this.#queueContext();
  }

  /** The frame stays in the element: one that was moved with it loads again by itself. */
  #showFrame() {
    const frame = this.#frame;
    const path = `/frame/${encodeURIComponent(this.getAttribute('workspace') ?? '')}`;
    const { href, origin } = new URL(path, this.getAttribute('server') || document.baseURI);
    this.#origin = origin;
    this.#note.remove();
    this.#silence = setTimeout(() => this.#fail('Ledgerside is not available right now.'), silenceMs);
    if (frame.src === href && frame.parentNode === this) return this.#sendContext();
    frame.title = 'Ledgerside for Xero';
    frame.style.cssText = frameStyle;
    this.#sendContext();
    frame.onload = () => this.#greet();
    frame.src = href;
    this.append(frame);
  }

  #greet() {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#onMessage(data);
    this.#frame.contentWindow?.postMessage(toHostMessage({ type: 'hello' }), this.#origin, [port2]);
    this.#sendContext();
  }

  #queueContext() {
    if (this.#isQueued) return;
    this.#isQueued = true;
    queueMicrotask(() => {
      this.#isQueued = false;
      if (this.#ended) this.#sendContext();
    });
  }

  #sendContext() {
    this.#context = readContext(this, getComputedStyle(this).colorScheme, this.#prefersDark.matches);
    // A scheme that differs between frame and page paints an opaque backdrop.
    this.#frame.style.colorScheme = this.#context.theme;
    this.#port?.postMessage(toHostMessage(this.#context));
  }

  #onMessage(data: unknown) {
    const message = parseFrameMessage(data);
    if (message) clearTimeout(this.#silence);
    if (message?.type === 'get-token') this.#sendToken(message);
    if (message?.type === 'navigate') open(this.#origin + message.path, '_top');
    if (message?.type === 'event') this.#dispatch(message.name, message.detail);
    if (message?.type === 'height') {
      this.#note.remove();
      this.#frame.style.height = `${message.height}px`;
    }
  }

  async #sendToken({ id, recordType, recordId }: { id: number; recordType: string; recordId: string }) {
    const port = this.#port;
    const isShown = recordType === this.#context?.recordType && recordId === this.#context.recordId;
    const record = { recordType, recordId };
    const token = isShown ? await answerToken(record, this.getToken, this.getAttribute('token-url')) : null;
    port?.postMessage(toHostMessage({ type: 'token', id, token }));
  }

  #onViolation({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) {
    if (!/^(frame|child)-src$/.test(effectiveDirective) || !blockedURI.startsWith(this.#origin)) return;
    this.#fail(`Ledgerside is blocked by this page's security policy (${effectiveDirective}).`);
  }

  #fail(text: string) {
    clearTimeout(this.#silence);
    this.#frame.style.height = '0';
    this.#note.data = text;
    this.append(this.#note);
    this.#dispatch('error', { code: 'unavailable', requestId: null });
  }

  #dispatch(name: string, detail: object) {
    this.dispatchEvent(new CustomEvent(`ledgerside:${name}`, { bubbles: true, composed: true, detail }));
  }
}
