// Two sides of a table of taxpayers as CSV, with planted differences, in key order and in random order; the same on every run.
// Usage: data ROWS DIFFERENCES FOLDER
// Of five differences three are rows with one changed column (each of columns 2 to 12 in turn), one is a row missing on the
// right, one a row added there. Prints "rows changed left_only right_only bytes" (rows: of the left side; bytes: left.csv).
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { columns = 12, width = 96 };

static const char *const surnames[][2] = {
  {"髙﨑", "TAKASAKI"}, {"佐藤", "SATO"}, {"鈴木", "SUZUKI"}, {"渡邉", "WATANABE"}, {"齋藤", "SAITO"}, {"吉田", "YOSHIDA"},
  {"長谷川", "HASEGAWA"}, {"山本", "YAMAMOTO"}, {"中村", "NAKAMURA"}, {"小林", "KOBAYASHI"}, {"加藤", "KATO"},
  {"森", "MORI"}, {"井上", "INOUE"}, {"五十嵐", "IGARASHI"}, {"濵田", "HAMADA"}, {"德永", "TOKUNAGA"}};
static const char *const given[][2] = {
  {"一郎", "ICHIRO"}, {"花子", "HANAKO"}, {"次郎", "JIRO"}, {"美咲", "MISAKI"}, {"健太郎", "KENTARO"}, {"さくら", "SAKURA"},
  {"翔", "SHO"}, {"由美子", "YUMIKO"}, {"誠", "MAKOTO"}, {"恵", "MEGUMI"}, {"大輔", "DAISUKE"}, {"陽菜", "HINA"},
  {"隆", "TAKASHI"}, {"和子", "KAZUKO"}, {"拓也", "TAKUYA"}, {"智子", "TOMOKO"}};
static const char *const towns[] = {"本町", "中央", "栄", "緑ケ丘", "桜台", "旭", "東山", "若葉"};
static const char *const remarks[] = {"督促", "分納", "口座振替", "減免", "転出予定", "還付", "", "", "", "", "", "", "督促", "", "分納", ""};
static const char *const due[] = {"2026-06-30", "2026-08-31", "2026-09-30", "2026-10-31", "2027-01-31", "2027-02-28"};

static uint64_t mix(uint64_t x) {
  x += 0x9E3779B97F4A7C15;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
  return x ^ (x >> 31);
}

// Column `c` of the row `id`; another `variant`, most likely another value.
static void field(char *out, int c, uint64_t id, uint64_t variant) {
  uint64_t r = mix(id * 16 + (c == 4 ? 3 : c) + (variant << 40));  // the two names go together
  unsigned low = r & 0xFFFF, high = (r >> 16) & 0xFFFF, more = (r >> 32) & 0xFFFF;
  switch (c) {
  case 0: sprintf(out, "%010llu", (unsigned long long)id); break;
  case 1: sprintf(out, "%06u", 231002 + low % 24 * 8); break;
  case 2: sprintf(out, "%011llu", (unsigned long long)(r % 20000000)); break;
  case 3: sprintf(out, "%s　%s", surnames[low % 16][0], given[high % 16][0]); break;
  case 4: sprintf(out, "%s %s", surnames[low % 16][1], given[high % 16][1]); break;
  case 5: sprintf(out, "%04u-%02u-%02u", 1930 + low % 78, 1 + high % 12, 1 + more % 28); break;
  case 6: sprintf(out, "%02u", 1 + low % 12); break;
  case 7: sprintf(out, "%llu", (unsigned long long)(r % 12000000)); break;
  case 8: sprintf(out, "%u00", low % 9000); break;
  case 9: strcpy(out, due[low % 6]); break;
  case 10: {
    int n = sprintf(out, "%s%u丁目%u番%u号", towns[low % 8], 1 + high % 9, 1 + (high >> 4) % 40, 1 + more % 30);
    if ((r >> 48) % 100 < 2) sprintf(out + n, ",%u号室", 101 + more % 800);
    break;
  }
  case 11: strcpy(out, (r >> 48) % 100 < 1 ? "督促,分納" : remarks[low % 16]);
  }
}

typedef struct { char *bytes; size_t used; FILE *file; uint64_t total; } Output;
enum { block = 1 << 20 };

static void flush(Output *o) {
  if (fwrite(o->bytes, 1, o->used, o->file) != o->used) { perror("data"); exit(1); }
  o->total += o->used;
  o->used = 0;
}

static void put(Output *o, uint64_t id, int changed) {
  char text[width], before[width];
  for (int c = 0; c < columns; c++) {
    field(text, c, id, 0);
    if (c == changed) {
      strcpy(before, text);
      for (uint64_t variant = 1; strcmp(text, before) == 0; variant++) field(text, c, id, variant);
    }
    int quoted = strchr(text, ',') != NULL;
    size_t n = strlen(text);
    if (quoted) o->bytes[o->used++] = '"';
    memcpy(o->bytes + o->used, text, n);
    o->used += n;
    if (quoted) o->bytes[o->used++] = '"';
    o->bytes[o->used++] = c == columns - 1 ? '\n' : ',';
  }
  if (o->used > block - columns * width) flush(o);
}

typedef struct { uint32_t id, change; } Item;  // change: 0, or the number of the column from 1 on

static uint64_t write_side(const char *folder, const char *name, const Item *items, uint64_t count) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s.csv", folder, name);
  Output o = {malloc(block), 0, fopen(path, "wb"), 0};
  if (o.file == NULL) { perror(path); exit(1); }
  const char *header = "id,city_code,household_no,name,name_roman,birth_date,tax_class,income,tax_amount,due_date,address,remark\n";
  memcpy(o.bytes, header, o.used = strlen(header));
  for (uint64_t i = 0; i < count; i++) put(&o, items[i].id, (int)items[i].change - 1);
  flush(&o);
  if (fclose(o.file) != 0) { perror(path); exit(1); }
  free(o.bytes);
  return o.total;
}

static void shuffle(Item *items, uint64_t count, uint64_t seed) {
  for (uint64_t i = count; i > 1; i--) {
    uint64_t j = mix(seed + i) % i;
    Item held = items[i - 1];
    items[i - 1] = items[j];
    items[j] = held;
  }
}

int main(int argc, char **argv) {
  uint64_t rows = argc == 4 ? strtoull(argv[1], NULL, 10) : 0, differences = argc == 4 ? strtoull(argv[2], NULL, 10) : 0;
  if (rows == 0 || rows > 400000000 || differences > rows) {
    fprintf(stderr, "usage: data ROWS DIFFERENCES FOLDER (at most 400000000 rows, not more differences than rows)\n");
    return 2;
  }
  Item *left = malloc(rows * sizeof *left), *right = malloc((rows + differences) * sizeof *right);
  if (left == NULL || right == NULL) { perror("data"); return 1; }
  uint64_t l = 0, r = 0, changed = 0, missing = 0, added = 0, next = 0;
  for (uint64_t i = 0; i < rows; i++) {
    uint32_t id = (uint32_t)(1000000002 + 7 * i);
    left[l++] = (Item){id, 0};
    // Difference k lies somewhere in the k-th part of the rows.
    uint64_t first = next * rows / (differences ? differences : 1), last = (next + 1) * rows / (differences ? differences : 1);
    if (next == differences || i != first + mix(next) % (last - first)) { right[r++] = (Item){id, 0}; continue; }
    switch (next++ % 5) {
    case 3: missing++; break;
    case 4: right[r++] = (Item){id, 0}; right[r++] = (Item){id + 3, 0}; added++; break;
    default: right[r++] = (Item){id, 2 + changed++ % (columns - 1)};
    }
  }
  uint64_t bytes = write_side(argv[3], "left", left, l);
  write_side(argv[3], "right", right, r);
  shuffle(left, l, 1);
  write_side(argv[3], "left-shuffled", left, l);
  shuffle(right, r, 1ull << 40);
  write_side(argv[3], "right-shuffled", right, r);
  printf("%llu %llu %llu %llu %llu\n", (unsigned long long)l, (unsigned long long)changed, (unsigned long long)missing,
         (unsigned long long)added, (unsigned long long)bytes);
}
