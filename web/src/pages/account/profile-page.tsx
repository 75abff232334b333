import { PageHeader } from '../../ui/page-header';
import { AppearanceSection } from './appearance-section';
import { MicrosoftSection } from './microsoft-section';
import { NameSection } from './name-section';
import { PasswordSection } from './password-section';
import { SessionSection } from './session-section';

/** The signed-in person's own account, the same in every tenant. */
export function ProfilePage() {
  return (
    <>
      <PageHeader title="Profile" description="Your account, the same in every tenant of yours." />
      <NameSection />
      <AppearanceSection />
      <SessionSection />
      <PasswordSection />
      <MicrosoftSection />
    </>
  );
}
