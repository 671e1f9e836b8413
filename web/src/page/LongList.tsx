/** A list as long as it likes, of which only what is on screen is drawn; it scrolls with the page. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';

interface LongListProps<Item> {
  items: readonly Item[];
  keyOf: (item: Item) => string;
  children: (item: Item) => ReactNode;
}

/** Two lines and the space below them; each is measured once it is drawn. */
const ABOUT_PX = 58;

export function LongList<Item>({ items, keyOf, children }: LongListProps<Item>) {
  const list = useRef<HTMLOListElement>(null);
  const [above, setAbove] = useState(0);
  // Whatever stands above the list may have grown since
  useLayoutEffect(() => {
    const box = list.current?.getBoundingClientRect();
    if (box !== undefined) setAbove(Math.round(box.top + window.scrollY));
  });
  const virtual = useWindowVirtualizer({
    count: items.length,
    estimateSize: () => ABOUT_PX,
    getItemKey: (index) => keyOf(items[index] as Item),
    overscan: 10,
    scrollMargin: above,
    initialRect: { width: 1000, height: 800 },
  });
  return (
    <ol ref={list} className="long-list" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((row) => (
        <li
          key={row.key}
          ref={virtual.measureElement}
          data-index={row.index}
          aria-setsize={items.length}
          aria-posinset={row.index + 1}
          style={{ transform: `translateY(${row.start - above}px)` }}
        >
          {children(items[row.index] as Item)}
        </li>
      ))}
    </ol>
  );
}
