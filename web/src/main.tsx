import '@fontsource-variable/inter/index.css';
import '@fontsource-variable/jetbrains-mono/index.css';
import '@mantine/core/styles.css';
import './theme/global.css';
import { MantineProvider } from '@mantine/core';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { Provider } from 'urql';
import { createGraphqlClient } from './graphql/client';
import { PreferencesProvider, usePreferences } from './preferences/preferences';
import { router } from './routing/router';
import { sessionEnded } from './session/ended';
import { TextProvider } from './text/frame-text';
import { cssVariables, theme } from './theme/theme';

const client = createGraphqlClient(sessionEnded);

function App() {
  const { preferences } = usePreferences();
  return (
    <TextProvider language={preferences.language}>
      <Provider value={client}>
        <RouterProvider router={router} />
      </Provider>
    </TextProvider>
  );
}

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto">
      <PreferencesProvider>
        <App />
      </PreferencesProvider>
    </MantineProvider>
  </StrictMode>,
);
