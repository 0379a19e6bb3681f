import { answerToken, type GetToken } from './answer-token.ts';
import { parseFrameMessage, toHostMessage } from './frame-message.ts';
import { readContext } from './read-context.ts';
import type { Theme } from './theme-signals.ts';
import { blockedWords, frameTitle, offlineWords, unavailableWords } from './words.ts';

/** After how long a silent frame is reported on the page, in milliseconds. */
const silenceMs = 8000;
const frameStyle = 'display:block;width:100%;max-width:none;height:320px;margin:0;border:0';
/** Any style of the page wins over these, also `hidden`. */
const elementStyle = new CSSStyleSheet();
elementStyle.replaceSync(
  ':where(ledgerside-widget:not([hidden])){display:block;flex:1 1 250px;width:100%;min-width:min(250px,100%)}',
);

type Asked = { id: number; recordType: string; recordId: string };

/**
 * `<ledgerside-widget>`: an iframe of the product, and the messages to it. It sets only `src` and `style`, which strict
 * Trusted Types pages allow. It is a class because custom elements must be classes.
 */
export class LedgersideWidget extends HTMLElement {
  #getToken?: GetToken;
  #onTokenSource?: () => void;
  #origin = '';
  #frame = document.createElement('iframe');
  #silence?: ReturnType<typeof setTimeout>;
  #port?: MessagePort;
  /** '' until it is known. */
  #pageTheme: Theme | '' = '';
  #context?: ReturnType<typeof readContext>;
  #note = new Text();
  #ended?: AbortController;
  /** Watches the element's attributes. Several changes of one moment are reported once. */
  #attributes = new MutationObserver(() => this.#update());

  /** On the prototype, because frameworks set a property only if they find it there. */
  get getToken() {
    return this.#getToken;
  }
  set getToken(getToken) {
    this.#getToken = getToken;
    this.#onTokenSource?.();
  }

  connectedCallback() {
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    addEventListener('online', () => this.#note.isConnected && this.#load(), { signal });
    document.addEventListener('securitypolicyviolation', (event) => this.#onViolation(event), { signal });
    this.#attributes.observe(this, { attributes: true });
    const { adoptedStyleSheets } = this.getRootNode() as Document | ShadowRoot;
    if (!adoptedStyleSheets.includes(elementStyle)) adoptedStyleSheets.push(elementStyle);
    this.#load();
    this.#followTheme(signal);
  }

  disconnectedCallback() {
    this.#ended?.abort();
    this.#attributes.disconnect();
    this.#port?.close();
    clearTimeout(this.#silence);
  }

  /** With this method `moveBefore()` keeps the frame. Without it the browser disconnects and connects the element. */
  connectedMoveCallback() {
    this.#update();
  }

  /** If the page's policy forbids this import, the frame still follows the page's `color-scheme`. */
  #followTheme(signal: AbortSignal) {
    const onTheme = (theme: Theme) => {
      this.#pageTheme = theme;
      this.#update();
    };
    const module: Promise<typeof import('./theme.ts')> = import(`${this.#origin}/embed-theme.js`);
    module.then(
      ({ followTheme }) => followTheme(this, onTheme, signal),
      () => undefined,
    );
  }

  #of = (name: string) => this.getAttribute(name) ?? '';

  #findAddress() {
    const path = `/frame/${encodeURIComponent(this.#of('workspace'))}`;
    const { href, origin } = new URL(path, this.#of('server') || document.baseURI);
    this.#origin = origin;
    return href;
  }

  /** The frame stays in the element. The browser loads it again after a move. */
  #load() {
    const frame = this.#frame;
    this.#note.remove();
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#fail(navigator.onLine ? unavailableWords : offlineWords), silenceMs);
    frame.title = frameTitle;
    frame.style.cssText = frameStyle;
    frame.onload = () => this.#greet();
    frame.src = this.#findAddress();
    this.append(frame);
    this.#update();
  }

  #greet() {
    const { port1, port2 } = new MessageChannel();
    this.#port?.close();
    this.#port = port1;
    port1.onmessage = ({ data }) => this.#onMessage(data);
    this.#frame.contentWindow?.postMessage(toHostMessage({ type: 'hello' }), this.#origin, [port2]);
    this.#update();
  }

  #update() {
    if (this.#frame.src !== this.#findAddress()) return this.#load();
    this.#context = readContext(this.#of, this.#pageTheme);
    // Browsers paint an opaque backdrop when the frame's scheme differs from the page's.
    this.#frame.style.colorScheme = this.#context.theme;
    this.#send(this.#context);
    this.#onTokenSource?.();
  }

  #send(body: Parameters<typeof toHostMessage>[0]) {
    this.#port?.postMessage(toHostMessage(body));
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

  /** Asks only for the record that is shown, so that a frame cannot choose whose token it gets. */
  async #sendToken({ id, recordType, recordId }: Asked) {
    while (!this.getToken && !this.#of('token-url'))
      await new Promise<void>((resolve) => {
        this.#onTokenSource = resolve;
      });
    const isShown = recordType === this.#context?.recordType && recordId === this.#context.recordId;
    const token = isShown && (await answerToken({ recordType, recordId }, this.getToken, this.#of('token-url')));
    this.#send({ type: 'token', id, token: token || null });
  }

  #onViolation({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) {
    if (/^(frame|child)-src$/.test(effectiveDirective) && blockedURI.startsWith(this.#origin))
      this.#fail(`${blockedWords} (${effectiveDirective}).`);
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
