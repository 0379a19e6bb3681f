/**
 * Reports the height of the content, at most once an animation frame. The root's own box is watched: the height of
 * `html` grows with the frame and never shrinks again.
 */
export function watchContentHeight(root: HTMLElement, report: (height: number) => void): void {
  let scheduled = 0;
  const observer = new ResizeObserver(() => {
    cancelAnimationFrame(scheduled);
    scheduled = requestAnimationFrame(() => report(Math.ceil(root.getBoundingClientRect().height)));
  });
  observer.observe(root);
}
