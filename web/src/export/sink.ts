/** Where an export goes, piece by piece: the file somebody chose, or pieces that the browser keeps and then downloads. */
export interface Sink {
  write: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>;
  /** `name`: where no name was chosen. */
  close: (name: string) => Promise<void>;
  /** Nothing of it remains. */
  abort: () => Promise<void>;
}

type SavePicker = (options: { suggestedName: string }) => Promise<FileSystemFileHandle>;

/** Nothing when nobody chose a file. */
export async function openSink(suggestedName: string): Promise<Sink | undefined> {
  const picker = (window as { showSaveFilePicker?: SavePicker }).showSaveFilePicker;
  if (picker === undefined) return downloadSink();
  try {
    const file = await (await picker.call(window, { suggestedName })).createWritable();
    return { write: (bytes) => file.write(bytes), close: () => file.close(), abort: () => file.abort() };
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

const PIECE_BYTES = 8 * 1024 * 1024;

/** A browser moves large pieces out of memory. */
export function downloadSink(save: (name: string, file: Blob) => void = saveAs): Sink {
  const pieces: Blob[] = [];
  let gathered: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  const put = () => {
    pieces.push(new Blob(gathered));
    gathered = [];
    size = 0;
  };
  return {
    write: (bytes) => {
      gathered.push(bytes);
      size += bytes.length;
      if (size >= PIECE_BYTES) put();
      return Promise.resolve();
    },
    close: (name) => {
      put();
      save(name, new Blob(pieces, { type: 'application/x-ndjson' }));
      return Promise.resolve();
    },
    abort: () => {
      pieces.length = 0;
      gathered = [];
      return Promise.resolve();
    },
  };
}

function saveAs(name: string, file: Blob): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
