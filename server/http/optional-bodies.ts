import type { SwaggerTransformObject } from '@fastify/swagger';

type Input = Parameters<SwaggerTransformObject>[0];

/** Says in the OpenAPI document that a body may be absent where none of its members is required. */
export const describeOptionalBodies: SwaggerTransformObject = (document: Input) => {
  if (!('openapiObject' in document)) return document.swaggerObject;
  const { openapiObject } = document;
  for (const path of Object.values(openapiObject.paths ?? {})) {
    for (const method of ['post', 'put', 'delete'] as const) {
      const body = path?.[method]?.requestBody;
      if (body && 'content' in body && mayBeEmpty(body.content['application/json']?.schema)) body.required = false;
    }
  }
  return openapiObject;
};

function mayBeEmpty(schema: object | undefined): boolean {
  return schema !== undefined && 'properties' in schema && !('required' in schema);
}
