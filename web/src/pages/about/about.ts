import { graphql } from '../../graphql/graphql';

export const aboutDocument = graphql(`
  query About {
    about {
      name
      version
      commit
      now
      trading
    }
    readPosition {
      position
      head
    }
    commandTimes {
      eventType
      count
      p50Ms
      p99Ms
    }
  }
`);
