import { randomBytes } from 'node:crypto';
import type { GraphBody } from '../../store/graph-body.js';
import { graphTime } from '../../store/graph-time.js';
import { bodyOf, type WriteContext } from './write-context.js';

/** Android's longest life of a token. */
const LONGEST_SECONDS = 90 * 24 * 3600;

/** What an Android enrollment profile tells after `revokeToken`. */
export const NO_TOKEN: GraphBody = { tokenValue: '', qrCodeContent: null, qrCodeImage: null };

/** A token of `tokenValidityInSeconds`, in the twenty letters that a person types, and as the text of the QR code. */
export function newToken({ call }: WriteContext): GraphBody {
  const { tokenValidityInSeconds } = bodyOf(call);
  const seconds = typeof tokenValidityInSeconds === 'number' ? tokenValidityInSeconds : LONGEST_SECONDS;
  const tokenValue = [...randomBytes(20)].map((byte) => String.fromCharCode(65 + (byte % 26))).join('');
  const component = 'com.google.android.apps.work.clouddpc/.receivers.CloudDeviceAdminReceiver';
  return {
    tokenValue,
    tokenCreationDateTime: graphTime(call.trace.now),
    tokenExpirationDateTime: graphTime(call.trace.now + Math.min(seconds, LONGEST_SECONDS) * 1000),
    qrCodeContent: JSON.stringify({
      'android.app.extra.PROVISIONING_DEVICE_ADMIN_COMPONENT_NAME': component,
      'android.app.extra.PROVISIONING_ADMIN_EXTRAS_BUNDLE': {
        'com.google.android.apps.work.clouddpc.EXTRA_ENROLLMENT_TOKEN': tokenValue,
      },
    }),
  };
}
