import { useLocalStorage } from '@mantine/hooks';

/** Whether the names that Microsoft Graph uses stand below those that people use; remembered on this device. */
export function useTechnicalNames(): [boolean, () => void] {
  const [isOn, setOn] = useLocalStorage({ key: 'tenantatlas.technical-names', defaultValue: false });
  return [isOn, () => setOn((before) => !before)];
}
