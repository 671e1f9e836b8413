import { createContext, useContext, type ReactNode } from 'react';
import { graphql, type ResultOf } from '../graphql/graphql';
import type { Permission } from './permissions';

export const meDocument = graphql(`
  query Me {
    me {
      name
      role
      permissions
    }
    about {
      version
      trading
      venues {
        name
        trading
      }
    }
    readPosition {
      head
    }
  }
`);

type MeResult = ResultOf<typeof meDocument>;

const MeContext = createContext<MeResult | null>(null);

export function MeProvider({ value, children }: { value: MeResult; children: ReactNode }) {
  return <MeContext.Provider value={value}>{children}</MeContext.Provider>;
}

export function useMe(): MeResult {
  const me = useContext(MeContext);
  if (me === null) throw new Error('MeProvider is missing');
  return me;
}

export function useMay(permission: Permission): boolean {
  return useMe().me.permissions.includes(permission);
}
