/**
 * Reports the height of the content, at most once in an animation frame. It watches the root element, because the
 * height of `html` grows with the frame and never shrinks.
 */
export function watchContentHeight(root: HTMLElement, report: (height: number) => void): void {
  let scheduled = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(scheduled);
    scheduled = requestAnimationFrame(() => report(Math.ceil(root.getBoundingClientRect().height)));
  });
  observer.observe(root);
}
