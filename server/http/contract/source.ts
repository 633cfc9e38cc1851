import { z } from 'zod';
import { Instant } from './ids.ts';

/** As profiles name files: an absolute path or a URL. */
const FileName = z.string().min(1).max(4096);

export const SourceQuery = z.object({
  url: FileName.meta({ description: 'The file, as the profile names it' }),
  original: FileName.optional().meta({
    description: 'Of what the file was made, as its source map names it (see POST …/source/originals)',
  }),
});
export type SourceQuery = z.infer<typeof SourceQuery>;

export const SourceText = z
  .object({
    url: z.string(),
    original: z.string().nullable(),
    text: z.string(),
    modifiedAt: Instant.meta({
      description: 'When the file was last changed: after the capture means that lines may not match',
    }),
  })
  .meta({ id: 'SourceText', description: 'The text of a source file' });
export type SourceText = z.infer<typeof SourceText>;

const Line = z.int().min(0).max(0x7fffffff);

export const OriginalsRequest = z
  .object({
    files: z
      .array(
        z.object({
          url: FileName,
          functions: z
            .array(z.tuple([Line, Line, z.string().max(300)]))
            .max(5000)
            .default([])
            .meta({ description: 'Line, column (both counted from 1) and name of each' }),
          lines: z.array(Line).max(5000).default([]).meta({ description: 'Lines, counted from 1' }),
        }),
      )
      .min(1)
      .max(100),
  })
  .meta({ id: 'OriginalsRequest', description: 'Functions and lines of generated files' });
export type OriginalsRequest = z.infer<typeof OriginalsRequest>;

export const FileOriginals = z
  .object({
    url: z.string(),
    map: z.enum(['inline', 'adjacent']).nullable().meta({ description: 'null: the file has no source map' }),
    trouble: z
      .object({ reason: z.enum(['outside', 'missing', 'unreadable', 'map-unreadable']), why: z.string() })
      .nullable()
      .meta({ description: 'Why nothing is known of this file' }),
    sources: z.array(z.string()).meta({ description: 'The original files spoken of below' }),
    functions: z.array(z.tuple([z.int(), z.int(), z.int(), z.string().nullable()]).nullable()).meta({
      description:
        'For each function asked for: an index into sources, line, column and, where the build renamed it, the name; null: not known',
    }),
    lines: z.array(z.tuple([z.int(), z.int()]).nullable()).meta({
      description: 'For each line asked for: an index into sources and the line; null: not known, or of many',
    }),
  })
  .meta({ id: 'FileOriginals', description: 'What a generated file was made of' });
export type FileOriginals = z.infer<typeof FileOriginals>;

export const Originals = z
  .object({ files: z.array(FileOriginals).meta({ description: 'In the order asked for' }) })
  .meta({ id: 'Originals', description: 'Where functions and lines of generated files come from' });
export type Originals = z.infer<typeof Originals>;
