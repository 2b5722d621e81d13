SELECT substr(納期限, 1, 7) AS 納期月, 一般退職, count(*) AS 件数, sum(調定額_国民健康保険内訳_医療) AS 医療, sum(調定額_国民健康保険内訳_支援) AS 支援,
  sum(調定額_国民健康保険内訳_介護) AS 介護, sum(調定額_本税) AS 調定額
FROM (
  SELECT *, CASE WHEN 通知書番号 IN (
      SELECT 通知書番号 FROM 国保税_被保険者, 年度 WHERE 賦課年度 = 年度 AND 退職区分 <> '0') THEN '退職' ELSE '一般' END AS 一般退職
  FROM 収納_調定 AS 調定 WHERE 科目コード = 'B2' AND 賦課年度 = (SELECT 年度 FROM 年度))
GROUP BY 1, 2 ORDER BY 1, 2
