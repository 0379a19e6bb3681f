import { contactRoutes } from './contacts.ts';
import { creditRoutes } from './credits.ts';
import { invoiceRoutes } from './invoices.ts';
import { quoteRoutes } from './quotes.ts';
import type { ApiRoute } from './route.ts';
import { settingsRoutes } from './settings.ts';

/** Everything that is served below /api.xro/2.0. */
export const apiRoutes: ApiRoute[] = [
  ...settingsRoutes,
  ...contactRoutes,
  ...invoiceRoutes,
  ...quoteRoutes,
  ...creditRoutes,
];
