/** Catches what a form is about to send instead of sending it. */
import { stringifyDocument } from '@urql/core';
import { useRef } from 'react';
import type { Request } from './request-text';

type Document = Parameters<typeof stringifyDocument>[0];

export function useCapture() {
  const caught = useRef<Request | 'waiting' | undefined>(undefined);

  /** What `submit` would send. */
  const requestOf = (submit: () => void): Request | undefined => {
    caught.current = 'waiting';
    submit();
    const request = caught.current as Request | 'waiting';
    caught.current = undefined;
    return request === 'waiting' ? undefined : request;
  };

  /** True when it was caught: then nothing is sent. */
  const took = (document: Document, variables: () => unknown): boolean => {
    if (caught.current !== 'waiting') return false;
    caught.current = { query: stringifyDocument(document), variables: variables() };
    return true;
  };

  return { requestOf, took };
}
