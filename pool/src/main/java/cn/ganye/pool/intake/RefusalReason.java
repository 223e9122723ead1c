package cn.ganye.pool.intake;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Why a record or a file was not accepted. The words are a code list of the mart {@code refusal}.
 */
public enum RefusalReason {
  /** Title, 合计, footer or a repeated header. */
  NOT_A_RECORD("不是数据记录（标题、合计、表尾）"),
  /** More or fewer cells than the header. */
  CELL_COUNT("单元格数与表头不符（记录可能被截断）"),
  /** A quote opened and never closed. */
  UNCLOSED_QUOTE("引号未闭合"),
  /** Longer than a record may be; 64 KiB are kept, with length and hash. */
  TOO_LONG("记录过长"),
  /** Bytes that are no text in the file's encoding. */
  BAD_ENCODING("编码错误"),
  /** A required cell is empty. */
  REQUIRED_EMPTY("必填项为空"),
  /** A number cut by a spreadsheet, such as 3.60E+17. */
  ID_CUT("证件号码被表格软件截断"),
  /** Not 15 or 18 characters. */
  ID_LENGTH("证件号码位数不对"),
  /** A character that an ID cannot have. */
  ID_CHARACTER("证件号码含非法字符"),
  /** Province digits, birth date or check character are wrong. */
  ID_INVALID("证件号码校验不通过"),
  /** A credit code that is not valid. */
  CREDIT_CODE_INVALID("统一社会信用代码无效"),
  /** A word outside the code list. */
  UNKNOWN_CODE("不在代码表内"),
  /** No such region. */
  UNKNOWN_REGION("区划无法识别"),
  /** Not a day or month of the calendar. */
  BAD_DATE("日期无效"),
  /** Not a number. */
  BAD_NUMBER("数字无效"),
  /** Below the least value allowed. */
  OUT_OF_RANGE("数值超出范围"),
  /** A check of the contract fails. */
  CHECK_FAILED("不符合合同检查"),
  /** The same key with other values in files of one day. */
  CONTRADICTION("同日文件内主键相同而内容不同"),
  /** The file is of no dataset that is known. */
  UNKNOWN_DATASET(
      "无法识别属于哪个数据集",
      "name the file dataset_region_period_sentdate.csv or mend its header; docs/data-dictionary.md lists both"),
  /** The header lacks a required column. */
  MISSING_COLUMN(
      "表头缺少必需列",
      "add the column, or teach the contract the header that the sender uses; then build again"),
  /** The file is not text. */
  NOT_TEXT("不是文本文件", "export it as XLSX, or as CSV in UTF-8 or GB18030"),
  /** The file has no bytes. */
  EMPTY_FILE("空文件", "ask the sender for the file again"),
  /** A compressed file that does not decompress to its end. */
  BROKEN_ARCHIVE("压缩文件损坏", "ask the sender for the file again"),
  /** A member of an archive leads out of it, or two have one name. */
  UNSAFE_ARCHIVE("压缩包内文件名有问题", "pack the files anew, each under a plain name, and send that"),
  /** It unpacks to far more than a table of its size. */
  TOO_LARGE("解压后异常庞大", "send the table as CSV, packed by gzip"),
  /** A workbook of the old binary kind, or one under a password. */
  OLD_SPREADSHEET(
      "旧版 Excel（.xls）或加了密码", "open it, save it as .xlsx without a password, and send that"),
  /** The file cannot be read from disk. */
  UNREADABLE("文件读取失败", "check the disk and the rights of the file, then build again");

  private final String title;
  private final String next;

  RefusalReason(String title) {
    this(title, "mend the record and send it again");
  }

  RefusalReason(String title, String next) {
    this.title = title;
    this.next = next;
  }

  /** What a clerk reads. */
  public String title() {
    return title;
  }

  /** What to do about it. */
  public String next() {
    return next;
  }

  /** The reason of a code. */
  public static Optional<RefusalReason> of(String code) {
    return Arrays.stream(values()).filter(reason -> reason.code().equals(code)).findFirst();
  }

  /** Kebab-case, as in marts. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
