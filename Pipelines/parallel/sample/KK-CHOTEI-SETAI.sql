SELECT 年度区分, 一般退職, count(*) AS "旧.台帳世帯数", sum(EXISTS (
    SELECT 1 FROM 収納_調定 AS 調定
    WHERE 調定.賦課年度 = 世帯.賦課年度 AND 調定.相当年度 = 世帯.相当年度 AND 調定.通知書番号 = 世帯.通知書番号
      AND 科目コード = 'B2')) AS "新.調定世帯数"
FROM (
  SELECT *, CASE WHEN 相当年度 = 賦課年度 THEN '現年' ELSE '過年' END AS 年度区分, CASE WHEN 通知書番号 IN (
      SELECT 通知書番号 FROM 国保税_被保険者, 年度 WHERE 賦課年度 = 年度 AND 退職区分 <> '0') THEN '退職' ELSE '一般' END AS 一般退職
  FROM 国保 WHERE 年税額 > 0) AS 世帯
GROUP BY 1, 2 ORDER BY 1, 2
