import { reachability } from '../live/reachability';

/**
 * The answer of a server that may be away for the moment: it is waited for, as the connection bar says.
 * @throws what `fetchCode` throws while the server is there: then another version was installed, and it does not have the file
 */
export async function whenReachable<Code>(fetchCode: () => Promise<Code>): Promise<Code> {
  for (;;) {
    try {
      return await fetchCode();
    } catch (error) {
      if (!(await reachability.back())) throw error;
    }
  }
}
