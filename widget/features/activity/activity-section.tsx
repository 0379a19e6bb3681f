import { lazy, Suspense, useState } from 'react';
import './activity.css';
import { Button } from '#widget/ui/button.tsx';
import { activityWords } from './words.ts';

const Activity = lazy(() => import('./activity.tsx').then((module) => ({ default: module.Activity })));

/** The audit in the settings. Its code is loaded on request. */
export function ActivitySection() {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section className="pad activity" aria-label={activityWords.title}>
      <h2>{activityWords.title}</h2>
      <p className="small">{activityWords.hint}</p>
      <Button aria-expanded={isOpen} onClick={() => setIsOpen(!isOpen)}>
        {isOpen ? activityWords.hide : activityWords.show}
      </Button>
      {isOpen && (
        <Suspense>
          <Activity />
        </Suspense>
      )}
    </section>
  );
}
