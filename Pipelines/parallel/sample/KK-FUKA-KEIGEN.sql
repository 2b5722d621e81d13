SELECT 軽減区分, count(*) AS 世帯数, sum(被保険者数 + 特定同一世帯所属者数) AS 判定人数, sum((
    SELECT sum(軽減額) FROM 国保税_区分 AS 区分
    WHERE 区分.賦課年度 = 国保.賦課年度 AND 区分.相当年度 = 国保.相当年度 AND 区分.通知書番号 = 国保.通知書番号
      AND 区分.履歴番号 = 国保.履歴番号)) AS 軽減額
FROM 国保 GROUP BY 1 ORDER BY 1
