import { create } from '@bufbuild/protobuf';
import { type Duration, DurationSchema } from '@bufbuild/protobuf/wkt';

/** As protobuf's own `durationFromMs`, for fractions of milliseconds too: nanoseconds are whole numbers. */
export function toDuration(milliseconds: number): Duration {
  const nanos = Math.round(milliseconds * 1e6);
  return create(DurationSchema, { seconds: BigInt(Math.trunc(nanos / 1e9)), nanos: nanos % 1e9 });
}
