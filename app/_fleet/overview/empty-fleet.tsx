'use client';

import { useQuery } from '@tanstack/react-query';
import { systemQuery } from '../../_data/queries.ts';
import { useWords } from '../../_messages/words.tsx';

/** Shown until the first service registers: how one does. */
export function EmptyFleet() {
  const { t } = useWords();
  const system = useQuery(systemQuery());
  const address = system.data?.registryAddress;
  const words = t.fleet.empty;
  return (
    <section aria-labelledby="empty-title" className="max-w-2xl pt-2">
      <h2 id="empty-title" className="text-lg font-semibold">
        {words.title}
      </h2>
      <p className="mt-1 text-muted">{words.intro}</p>
      <h3 className="mt-5 mb-1.5 text-sm text-muted">{words.withoutCode}</h3>
      <Code
        text={`OPSCENTER_SERVICE=my-service \\\nOPSCENTER_SERVER=${address ?? '127.0.0.1:7071'} \\\nOPSCENTER_TOKEN=… \\\nnode --import @opscenter/agent/register server.js`}
      />
      <h3 className="mt-5 mb-1.5 text-sm text-muted">{words.withCode}</h3>
      <Code
        text={`import { startAgent } from '@opscenter/agent';\n\nstartAgent({ service: 'my-service', version: '1.0.0', server: '${address ?? '127.0.0.1:7071'}', token });`}
      />
      {address !== undefined && <p className="mt-5 text-muted">{words.registry(address)}</p>}
      <p className="mt-1 text-muted">{words.waiting}</p>
    </section>
  );
}

function Code({ text }: { text: string }) {
  return (
    <pre className="rounded-md border border-hairline bg-raised px-3 py-2.5 font-mono text-sm leading-5 whitespace-pre-wrap [overflow-wrap:anywhere]">
      {text}
    </pre>
  );
}
