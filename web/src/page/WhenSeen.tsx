/** What is further down a page is loaded when half of its place is on screen; until then it keeps its room. */
import { Skeleton } from '@mantine/core';
import { useEffect, useRef, useState, type ReactNode } from 'react';

interface WhenSeenProps {
  height: number;
  children: ReactNode;
}

export function WhenSeen({ height, children }: WhenSeenProps) {
  const place = useRef<HTMLDivElement>(null);
  const [seen, setSeen] = useState(false);
  useEffect(() => {
    if (place.current === null) return;
    const look = (entries: readonly IntersectionObserverEntry[]) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      setSeen(true);
      observer.disconnect();
    };
    const observer = new IntersectionObserver(look, { threshold: 0.5 });
    observer.observe(place.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={place} style={{ minHeight: height }}>
      {seen ? children : <Skeleton height={height} animate={false} />}
    </div>
  );
}
