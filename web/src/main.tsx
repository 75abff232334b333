import './routes/page-ahead';
import { queryClient, signedOut } from './routes/reads-ahead';
import './mantine-styles';
import '@mantine/notifications/styles.css';
import './styles.css';
import './ui/data-table.css';
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createAppRouter, goToSignIn } from './router';
import { fetchPagesWhenIdle } from './shell/fetch-pages';
import { TimeTip } from './shell/time-tip';
import { theme } from './theme';
import { Toasts } from './ui/toasts';

const router = createAppRouter(queryClient);
signedOut.follow = () => goToSignIn(router, queryClient);

// The page is looked for before the frame is shown, not after.
void router.load();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <Toasts />
      <TimeTip />
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
fetchPagesWhenIdle(router);
