import { create } from 'zustand'
import { persist } from 'zustand/middleware'

interface Layout {
  readonly navigation: 'wide' | 'icons'
  readonly toggleNavigation: () => void
}

/** How this window is laid out; the only thing the window itself remembers. */
export const useLayout = create<Layout>()(
  persist(
    (set) => ({
      navigation: 'wide',
      toggleNavigation: () =>
        set(({ navigation }) => ({ navigation: navigation === 'wide' ? 'icons' : 'wide' })),
    }),
    { name: 'authdesk.layout', partialize: ({ navigation }) => ({ navigation }) },
  ),
)
