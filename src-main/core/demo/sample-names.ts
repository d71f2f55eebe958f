import type { SeededRandom } from './seeded-random'

/** A name as it is written, and the same in the letters that user names are made of. */
type Written = readonly [written: string, plain: string]

interface Names {
  readonly given: readonly [Written, ...Written[]]
  readonly family: readonly [Written, ...Written[]]
  /** How the full name is put together. */
  readonly full: (given: string, family: string) => string
}

const givenFirst = (given: string, family: string): string => `${given} ${family}`
const familyFirst = (given: string, family: string): string => `${family} ${given}`
const joined = (given: string, family: string): string => `${family}${given}`

/** Splits `Jürgen:juergen Anke` into names; without a colon the plain form is the lower-case name itself. */
function names(first: string, ...rest: readonly string[]): readonly [Written, ...Written[]] {
  const read = (text: string): Written => {
    const [written = '', plain = written.toLowerCase()] = text.split(':')
    return [written, plain]
  }
  return [read(first), ...rest.map(read)]
}

const european: readonly [Names, ...Names[]] = [
  {
    given: names(
      'Jürgen:juergen',
      'Käthe:kaethe',
      'Björn:bjoern',
      'Anke',
      'Sören:soeren',
      'Leonie',
      'Matthias',
    ),
    family: names(
      'Müller:mueller',
      'Größler:groessler',
      'Weiß:weiss',
      'Schröder:schroeder',
      'Krämer:kraemer',
    ),
    full: givenFirst,
  },
  {
    given: names(
      'Åsa:asa',
      'Øyvind:oyvind',
      'Freja',
      'Jón:jon',
      'Sigríður:sigridur',
      'Väinö:vaino',
      'Linnéa:linnea',
    ),
    family: names(
      'Ångström:angstrom',
      'Sørensen:sorensen',
      'Guðmundsson:gudmundsson',
      'Hämäläinen:hamalainen',
    ),
    full: givenFirst,
  },
  {
    given: names('Élodie:elodie', 'Noël:noel', 'Françoise:francoise', 'Théo:theo', 'Inès:ines', 'Gaël:gael'),
    family: names('Lefèvre:lefevre', 'Béranger:beranger', 'D’Aubigné:daubigne', 'Crête:crete', 'Moreau'),
    full: givenFirst,
  },
  {
    given: names(
      'José:jose',
      'María José:maria',
      'Íñigo:inigo',
      'Begoña:begona',
      'João:joao',
      'Conceição:conceicao',
    ),
    family: names(
      'Núñez:nunez',
      'García-Peña:garcia',
      'Gonçalves:goncalves',
      'Araújo:araujo',
      'Ibáñez:ibanez',
    ),
    full: givenFirst,
  },
  {
    given: names(
      'Łukasz:lukasz',
      'Zofia',
      'Jiří:jiri',
      'Růžena:ruzena',
      'Ștefan:stefan',
      'Ilona',
      'Žana:zana',
    ),
    family: names(
      'Wiśniewski:wisniewski',
      'Dvořák:dvorak',
      'Țepeș:tepes',
      'Kovács:kovacs',
      'Šimunić:simunic',
    ),
    full: givenFirst,
  },
]

const worldwide: readonly [Names, ...Names[]] = [
  {
    given: names('Chidinma', 'Tunde', 'Ngozi', 'Babajide', 'Amara', 'Kwame', 'Esi', 'Thandiwe', 'Sipho'),
    family: names('Okonkwo', 'Adébáyọ̀:adebayo', 'Mensah', 'Nkosi', 'Dlamini', 'Achebe', 'Owusu'),
    full: givenFirst,
  },
  {
    given: names('小明:xiaoming', '秀英:xiuying', '伟:wei', '思远:siyuan', '雨桐:yutong', '子涵:zihan'),
    family: names('王:wang', '欧阳:ouyang', '陈:chen', '司马:sima', '张:zhang', '林:lin'),
    full: joined,
  },
  {
    given: names('さくら:sakura', '健太:kenta', '美咲:misaki', '翔:sho', '陽菜:hina', '大輔:daisuke'),
    family: names('田中:tanaka', '小林:kobayashi', '伊藤:ito', '長谷川:hasegawa', '渡辺:watanabe'),
    full: familyFirst,
  },
  {
    given: names('지우:jiwoo', '서연:seoyeon', '민준:minjun', '하은:haeun', '도윤:doyun', '수빈:subin'),
    family: names('김:kim', '박:park', '이:lee', '최:choi', '정:jung', '남궁:namgung'),
    full: joined,
  },
  {
    given: names('Aarav', 'Priya', 'Lakshmi', 'Vihaan', 'Saanvi', 'Rohan', 'Meenakshi', 'अनन्या:ananya'),
    family: names('Sharma', 'Venkatanarasimharajuvaripeta', 'Iyer', 'Chatterjee', 'Patel', 'Reddy'),
    full: givenFirst,
  },
  {
    given: names('ليلى:layla', 'Omar', 'Yusuf', 'مريم:maryam', 'Noura', 'Khalid', 'Shirin', 'Dariush'),
    family: names('al-Rashid:alrashid', 'الحسن:alhassan', 'Haddad', 'Farahani', 'Ben Youssef:benyoussef'),
    full: givenFirst,
  },
  {
    given: names('Олена:olena', 'Дмитро:dmytro', 'Ξένια:xenia', 'Νίκος:nikos', 'Նարե:nare', 'Giorgi'),
    family: names('Шевченко:shevchenko', 'Παπαδόπουλος:papadopoulos', 'Petrosyan', 'Kvaratskhelia'),
    full: givenFirst,
  },
  {
    given: names('Nguyên:nguyen', 'Linh', 'Đức:duc', 'Siriporn', 'Malia', 'Keahi', 'Aroha', 'Wiremu'),
    family: names('Trần:tran', 'Phạm:pham', 'Chaiyasit', 'Keliʻihoʻomalu:keliihoomalu', 'Ngata'),
    full: givenFirst,
  },
]

export interface SampleName {
  readonly given: string
  readonly family: string
  readonly full: string
  /** `given.family` in plain letters. */
  readonly plain: string
}

/** A plausible name from somewhere in the world. */
export function sampleName(random: SeededRandom): SampleName {
  const from = random.pick(random.below(5) < 2 ? european : worldwide)
  const [given, plainGiven] = random.pick(from.given)
  const [family, plainFamily] = random.pick(from.family)
  return { given, family, full: from.full(given, family), plain: `${plainGiven}.${plainFamily}` }
}
