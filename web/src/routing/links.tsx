/** Links between pages that look like the rest, and know which addresses exist. */
import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core';
import { createLink } from '@tanstack/react-router';
import type { AnchorHTMLAttributes, Ref } from 'react';

type Html = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, keyof AnchorProps | keyof ButtonProps>;

export const PageLink = createLink((props: AnchorProps & Html & { ref?: Ref<HTMLAnchorElement> }) => <Anchor {...props} />);

export const LinkButton = createLink((props: ButtonProps & Html & { ref?: Ref<HTMLAnchorElement> }) => (
  <Button component="a" {...props} />
));
