import { z } from 'zod';
import type { AppRoute } from '#test/support/world/routes.ts';
import type { JsonSchema } from './from-schema.ts';

const schema = z.custom<JsonSchema>((value) => typeof value === 'object');
const operationSchema = z.object({
  parameters: z
    .array(z.object({ in: z.string(), name: z.string(), required: z.boolean().optional(), schema }))
    .default([]),
  requestBody: z.object({ content: z.object({ 'application/json': z.object({ schema }) }) }).optional(),
});
const documentSchema = z.object({ paths: z.record(z.string(), z.record(z.string(), operationSchema)) });

/** A route and its input schema; null when it has none. */
export type FuzzRoute = AppRoute & {
  params: JsonSchema;
  query: JsonSchema;
  headers: JsonSchema;
  body: JsonSchema | null;
};

/** The app's routes with the schemas of its OpenAPI document, so that new routes are fuzzed automatically. */
export async function listFuzzRoutes(origin: string, routes: readonly AppRoute[]): Promise<FuzzRoute[]> {
  const { paths } = documentSchema.parse(await (await fetch(`${origin}/docs/openapi.json`)).json());
  return routes.map(({ method, path }) => {
    const operation = paths[path.replace(/:(\w+)/g, '{$1}')]?.[method.toLowerCase()];
    const parameters = operation?.parameters ?? [];
    const of = (place: string): JsonSchema => {
      const own = parameters.filter((one) => one.in === place);
      return {
        type: 'object',
        properties: Object.fromEntries(own.map((one) => [one.name, one.schema])),
        required: own.filter(({ required }) => required).map(({ name }) => name),
      };
    };
    const named = [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
    const anyParams = {
      type: 'object',
      properties: Object.fromEntries(named.map((name) => [name, { type: 'string' }])),
      required: named,
    };
    return {
      ...{ method, path, query: of('query'), headers: of('header') },
      params: operation ? of('path') : anyParams,
      body: operation?.requestBody?.content['application/json'].schema ?? null,
    };
  });
}
