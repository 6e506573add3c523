import { z } from 'zod';
import type { Content } from '../../content/content.ts';
import { formats } from '../../exports/cannot-carry.ts';
import { requestJsonSchema } from '../../exports/request-json.ts';
import { recipientSchema, statuses } from '../../tickets/ticket.ts';
import { problemSchema } from './problem.ts';
import { LARGEST_PAGE, listSchema, newRequestSchema, transitionSchema } from './schemas.ts';

const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const json = (name: string) => ({ 'application/json': { schema: ref(name) } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: ref('Problem') } },
});
const header = (description: string) => ({ description, schema: { type: 'string' } });
const etag = { ETag: header('Goes into If-Match of a transition') };
const number = {
  name: 'number',
  in: 'path',
  required: true,
  description: 'Such as SA-7K3M-9QXP',
  schema: { type: 'string' },
};
const always = {
  401: problem('The key is missing or not known'),
  429: problem('Too much at a time'),
  500: problem('Something went wrong; the same request may be sent again'),
};
const unknown = { 404: problem('There is no request of this number') };
const body = {
  400: problem('The body is not JSON'),
  403: problem('The key may look, and not file or move'),
  413: problem('The body is larger than 64 KB'),
  415: problem('The body is not application/json'),
};
const filter = (name: string, description: string, schema: object, more: object = {}) => ({
  name,
  in: 'query',
  required: false,
  description,
  schema,
  ...more,
});

/** The description of the API (OpenAPI 3.1), made from the schemas that what comes in is read with. */
export function openApi(content: Content, address: string | null): object {
  return {
    openapi: '3.1.1',
    info: {
      title: 'Sekretessassistenten: requests',
      version: '1.0.0',
      description:
        'Filing, reading and moving data subject requests. Every call is in the audit log under the id of its key. Errors are problems (RFC 9457) that repeat nothing of what was sent.',
    },
    ...(address ? { servers: [{ url: address }] } : {}),
    security: [{ key: [] }],
    paths: {
      '/api/requests': { post: filing, get: listing },
      '/api/requests/{number}': { get: looking },
      '/api/requests/{number}/transitions': { post: moving },
      '/api/requests/{number}/export/{format}': { get: handing },
      '/api/schema/request.json': {
        get: {
          operationId: 'readSchema',
          summary: 'The JSON Schema of a request',
          security: [],
          responses: {
            200: {
              description: 'JSON Schema 2020-12',
              content: { 'application/schema+json': { schema: { type: 'object' } } },
            },
            429: always[429],
          },
        },
      },
    },
    components: {
      securitySchemes: { key: { type: 'http', scheme: 'bearer', description: 'A key of the API' } },
      schemas: {
        NewRequest: schemaOf(newRequestSchema(content), 'input'),
        Request: schemaOf(requestJsonSchema, 'output'),
        RequestList: schemaOf(listSchema, 'output'),
        Transition: schemaOf(transitionSchema, 'input'),
        Problem: schemaOf(problemSchema, 'output'),
      },
    },
  };
}

const filing = {
  operationId: 'fileRequest',
  summary: 'File a request for a person',
  parameters: [
    {
      name: 'Idempotency-Key',
      in: 'header',
      required: true,
      description: 'Made by the program, one a request: however often it is sent, it makes one request',
      schema: { type: 'string', minLength: 1, maxLength: 255 },
    },
  ],
  requestBody: { required: true, content: json('NewRequest') },
  responses: {
    201: {
      description: 'Filed',
      headers: { ...etag, Location: header('The request') },
      content: json('Request'),
    },
    200: {
      description: 'Had been filed under this key before',
      headers: { ...etag, Location: header('The request') },
      content: json('Request'),
    },
    ...body,
    409: problem('The key cannot be used; another one can'),
    422: problem('The request does not fit, or the key was used for another one'),
    ...always,
  },
};

const listing = {
  operationId: 'listRequests',
  summary: 'List requests, by the day they are due',
  parameters: [
    filter(
      'status',
      'Only these states, with commas between them',
      { type: 'array', items: { type: 'string', enum: [...statuses] } },
      { style: 'form', explode: false },
    ),
    filter('type', 'Only this type', { type: 'string' }),
    filter('team', 'Only of this team', { type: 'string', enum: recipientSchema.shape.team.options }),
    filter('assignee', 'Only those of an officer; empty: those of nobody', { type: 'string' }),
    filter('dueBy', 'Only those due on or before this day', { type: 'string', format: 'date' }),
    filter('limit', 'At most so many', { type: 'integer', minimum: 1, maximum: LARGEST_PAGE, default: 50 }),
    filter('cursor', 'Where the page before ended: its `next`', { type: 'string' }),
  ],
  responses: {
    200: { description: 'A page', content: json('RequestList') },
    400: problem('The query does not fit'),
    ...always,
  },
};

const looking = {
  operationId: 'readRequest',
  summary: 'Read a request',
  parameters: [number, { name: 'If-None-Match', in: 'header', required: false, schema: { type: 'string' } }],
  responses: {
    200: { description: 'The request', headers: etag, content: json('Request') },
    304: { description: 'It has not changed' },
    ...unknown,
    ...always,
  },
};

const moving = {
  operationId: 'moveRequest',
  summary: 'Move a request on',
  description:
    'The person and other systems are told. An extension must come before the first date has passed.',
  parameters: [
    number,
    {
      name: 'If-Match',
      in: 'header',
      required: true,
      description: 'The etag of the request as it was read',
      schema: { type: 'string' },
    },
  ],
  requestBody: { required: true, content: json('Transition') },
  responses: {
    200: { description: 'The request in its new state', headers: etag, content: json('Request') },
    ...body,
    ...unknown,
    409: problem('It may not go there from where it is, or not without a reason'),
    412: problem('It has changed since it was read'),
    422: problem('The body does not fit'),
    428: problem('If-Match is missing'),
    ...always,
  },
};

const handing = {
  operationId: 'exportRequest',
  summary: 'Read a request in a format of other systems',
  parameters: [
    number,
    { name: 'format', in: 'path', required: true, schema: { type: 'string', enum: [...formats] } },
  ],
  responses: {
    200: {
      description:
        'json: as read; fides: a list of one; opendsr: one request; drp: a signed message in base64',
      content: {
        'application/json': { schema: { anyOf: [{ type: 'object' }, { type: 'array' }] } },
        'text/plain': { schema: { type: 'string' } },
      },
    },
    ...unknown,
    422: problem('The format cannot say what is asked for, or is not set up'),
    ...always,
  },
};

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema: _, ...plain } = z.toJSONSchema(schema, { target: 'draft-2020-12', io });
  return plain;
}
