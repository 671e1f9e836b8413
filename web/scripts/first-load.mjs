/** What a first visit may cost: JavaScript, gzip, of the sign-in and of the overview after it, until neither loads any more. */
export const BUDGET = 150_000;

/** What loads on that way without being asked for: the entry, its two pages, and what brings the live updates. */
const LOADED = ['index.html', 'sign-in', 'src/pages/overview/OverviewPage.tsx', 'src/live/socket.ts'];

/** The same in every language, and the words of the one that is read. */
export const LOADED_IN = {
  English: [...LOADED, 'frame.en'],
  Chinese: [...LOADED, 'frame.zh'],
};
