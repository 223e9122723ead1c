package cn.ganye.server.people.internal;

import com.ibm.icu.text.Transliterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * How names are read: surnames by their own readings (曾 zeng, 单 shan, 仇 qiu), which ICU's transform
 * {@code Han-Latin/Names} knows (CLDR), the rest as usual.
 */
final class Pinyin {
  /** Surnames of two characters whose first would otherwise be taken for the whole surname. */
  private static final Set<String> COMPOUND =
      Set.of(
          "欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟", "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连",
          "澹台", "皇甫", "宗政", "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙", "宇文", "司徒", "鲜于",
          "司空", "闾丘", "子车", "亓官", "司寇", "巫马", "公西", "颛孙", "壤驷", "公良", "漆雕", "乐正", "宰父", "谷梁", "拓跋",
          "夹谷", "轩辕", "令狐", "段干", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "左丘", "西门", "第五");

  private static final Transliterator SURNAMES =
      Transliterator.getInstance("Han-Latin/Names; Latin-ASCII");
  private static final Transliterator USUAL = Transliterator.getInstance("Han-Latin; Latin-ASCII");

  private static final Map<String, List<String>> KNOWN_SURNAMES = new ConcurrentHashMap<>();
  private static final Map<String, String> KNOWN = new ConcurrentHashMap<>();

  private Pinyin() {}

  /** The syllables of a name, one a character; letters stay what they are. */
  static List<String> syllables(String name) {
    int length = name.codePointCount(0, name.length());
    int surname = length > 2 && COMPOUND.contains(name.substring(0, 2)) ? 2 : Math.min(1, length);
    int split = name.offsetByCodePoints(0, surname);
    List<String> syllables = new ArrayList<>(surname(name.substring(0, split)));
    name.substring(split)
        .codePoints()
        .forEach(
            c ->
                syllables.add(
                    KNOWN.computeIfAbsent(
                        Character.toString(c), one -> plain(USUAL.transliterate(one)))));
    return syllables;
  }

  private static List<String> surname(String surname) {
    return KNOWN_SURNAMES.computeIfAbsent(
        surname, one -> List.of(SURNAMES.transliterate(one).toLowerCase(Locale.ROOT).split(" ")));
  }

  private static String plain(String syllable) {
    return syllable.toLowerCase(Locale.ROOT).replace(" ", "");
  }
}
