/** A trade in a chart: a triangle that points where the inventory went. */
import type { Canvas } from './Plot';

export interface PaintedTrade {
  side: 'BUY' | 'SELL';
  price: number;
  at: number;
}

/** `size` in pixels of the page, from the middle to a point. */
export function paintTrade({ context, x, y, colour, ratio }: Canvas, { side, price, at }: PaintedTrade, size: number): void {
  const half = size * ratio;
  const up = side === 'BUY' ? half : -half;
  const [left, top] = [x(at), y(price)];
  context.fillStyle = colour(side === 'BUY' ? 'good' : 'bad');
  context.beginPath();
  context.moveTo(left, top - up);
  context.lineTo(left - half, top + up);
  context.lineTo(left + half, top + up);
  context.closePath();
  context.fill();
}
