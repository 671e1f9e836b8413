/** One export at a time: how far it is, calling it off, and what came of it. */
import { useRef, useState } from 'react';
import { useClient, type Client } from 'urql';
import { failureSaid } from '../../command/failure';
import { exportEvents, type Exported, type EventPage, type Progress } from '../../export/export-events';
import { openSink } from '../../export/sink';
import { useText } from '../../text/text';
import { exportDocument, type EventFilter } from './events';

export type ExportState =
  | { kind: 'idle' | 'cancelled' }
  | { kind: 'running'; progress: Progress | undefined }
  | { kind: 'failed'; why: string }
  | { kind: 'done'; done: Exported };

export function useExport(filter: EventFilter) {
  const { command } = useText();
  const client = useClient();
  const [state, setState] = useState<ExportState>({ kind: 'idle' });
  const off = useRef<AbortController | undefined>(undefined);

  const run = async () => {
    try {
      // The file is asked for first: a browser asks only right after a click
      const sink = await openSink('events.ndjson');
      if (sink === undefined) return;
      const calledOff = (off.current = new AbortController());
      setState({ kind: 'running', progress: undefined });
      const pageOf = (after: string | null) => readPage(client, filter, after, command.unanswered);
      const done = await exportEvents(pageOf, sink, calledOff.signal, (progress) => setState({ kind: 'running', progress }));
      setState(done === undefined ? { kind: 'cancelled' } : { kind: 'done', done });
    } catch (error) {
      setState({ kind: 'failed', why: error instanceof Error ? error.message : String(error) });
    }
  };
  return { state, run, cancel: () => off.current?.abort() };
}

async function readPage(client: Client, filter: EventFilter, after: string | null, unanswered: string): Promise<EventPage> {
  const { data, error } = await client.query(exportDocument, { filter, after }, { requestPolicy: 'network-only' }).toPromise();
  if (data === undefined) throw new Error(error === undefined ? unanswered : failureSaid(error, unanswered));
  return data.events;
}
