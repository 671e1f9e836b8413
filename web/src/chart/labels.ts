/** What stands at the axes: times as everywhere else, and numbers with the digits that tell them apart. */
import { formatTime } from '../time/format';

export type Zone = 'utc' | 'local';

/** `2026-11-22 19:35:01 UTC`. */
export function timeLabel(second: number, zone: Zone, locale: string): string {
  const moment = new Date(second * 1000);
  return formatTime(moment, zone, moment, locale);
}

/** As short as the distance between them allows; the day under the first one and wherever it changes. */
export function timeLabels(seconds: readonly number[], distance: number, zone: Zone, locale: string): string[] {
  let shown = '';
  return seconds.map((second) => {
    const [day = '', time = ''] = timeLabel(second, zone, locale).split(' ');
    const short = distance < 60 ? time : time.slice(0, 5);
    const label = day === shown ? short : `${short}\n${day}`;
    shown = day;
    return distance < 86_400 ? label : day;
  });
}

export function numberLabels(values: readonly number[], distance: number): string[] {
  const places = decimalPlaces(distance);
  return values.map((value) => value.toFixed(places));
}

/** `0.0005` has four, `2.5e-7` has eight. */
function decimalPlaces(value: number): number {
  const [digits = '', power = '0'] = String(value).split('e');
  return Math.min(20, Math.max(0, (digits.split('.')[1]?.length ?? 0) - Number(power)));
}
